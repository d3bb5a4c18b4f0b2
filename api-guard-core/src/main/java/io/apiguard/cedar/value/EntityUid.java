package io.apiguard.cedar.value;

import org.jspecify.annotations.Nullable;

/**
 * Names one entity: its type and its id. As a value it is a reference, whether or not the entity is known.
 *
 * <p>Immutable and thread-safe; the hash code is computed once.
 */
public final class EntityUid implements Value, Comparable<EntityUid> {

    private final EntityType type;
    private final String id;
    private final int hash;

    private EntityUid(EntityType type, String id) {
        Texts.check(id);
        this.type = type;
        this.id = id;
        this.hash = Hashes.of(type.hashCode(), id.hashCode());
    }

    /**
     * Returns the name of an entity.
     *
     * @param type its type
     * @param id its id, which can be any text, the empty one too
     * @throws CedarException if the id has a lone surrogate
     */
    public static EntityUid of(EntityType type, String id) {
        return new EntityUid(type, id);
    }

    /**
     * Returns the name of an entity.
     *
     * @param type the normalised name of its type, such as {@code Shop::Order}
     * @param id its id, which can be any text, the empty one too
     * @throws CedarException if the type is no normalised name, or the id has a lone surrogate
     */
    public static EntityUid of(String type, String id) {
        return new EntityUid(new EntityType(type), id);
    }

    /** Returns the type. */
    public EntityType type() {
        return type;
    }

    /** Returns the id. */
    public String id() {
        return id;
    }

    @Override
    public String typeName() {
        return "entity";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EntityUid that
                        && hash == that.hash
                        && id.equals(that.id)
                        && type.equals(that.type));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(EntityUid other) {
        int types = type.compareTo(other.type);
        return types != 0 ? types : Texts.BY_CODE_POINT.compare(id, other.id);
    }

    @Override
    public String toString() {
        return type.name() + "::" + Texts.quoted(id);
    }
}
