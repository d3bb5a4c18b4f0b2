package io.apiguard.cedar.value;

/**
 * The type of an entity: a name, perhaps within namespaces, such as {@code Shop::Order}.
 *
 * @param name the normalised name: identifiers separated by {@code ::}, with nothing else between them (RFC 9)
 */
public record EntityType(String name) implements Comparable<EntityType> {

    /**
     * Checks the name.
     *
     * @throws CedarException if it is no normalised name
     */
    public EntityType {
        if (!Names.isName(name)) {
            throw new CedarException("'" + name + "' is no name of an entity type: identifiers, separated by '::'");
        }
    }

    /** Returns the last identifier, such as {@code Order}. */
    public String basename() {
        int colon = name.lastIndexOf(':');
        return colon < 0 ? name : name.substring(colon + 1);
    }

    /** Returns the namespace, such as {@code Shop}; empty if there is none. */
    public String namespace() {
        int colon = name.lastIndexOf(':');
        return colon < 0 ? "" : name.substring(0, colon - 1);
    }

    /** Returns whether entities of this type are actions: the last identifier is {@code Action}. */
    public boolean isAction() {
        return basename().equals("Action");
    }

    @Override
    public int compareTo(EntityType other) {
        return Texts.BY_CODE_POINT.compare(name, other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
