package io.apiguard.redaction;

import io.apiguard.field.FieldRule;
import io.apiguard.redaction.PathRule.Segment;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far the path rules have been followed at one place of a document: the steps that each could take next, and the
 * rules that end here. Two states with the same steps to take are equal, however they were reached.
 */
final class PathState {

    private final Set<Place> places;
    private final @Nullable FieldRule matched;

    private PathState(Set<Place> places, @Nullable FieldRule matched) {
        this.places = places;
        this.matched = matched;
    }

    /** A rule, and the segment of it that is next. */
    private record Place(PathRule rule, int next) {
        Segment segment() {
            return rule.segments().get(next);
        }
    }

    /** Collects the places of a state. */
    private static final class Collector {
        private final Set<Place> places = new HashSet<>();
        private @Nullable FieldRule matched;

        void add(PathRule rule, int next) {
            if (next == rule.segments().size()) {
                matched = FieldRule.both(matched, rule.rule());
            } else if (places.add(new Place(rule, next)) && rule.segments().get(next) instanceof Segment.Descend) {
                add(rule, next + 1);
            }
        }

        PathState state() {
            return new PathState(Set.copyOf(places), matched);
        }
    }

    /** The state at the root. */
    static PathState start(List<PathRule> rules) {
        Collector collector = new Collector();
        rules.forEach(rule -> collector.add(rule, 0));
        return collector.state();
    }

    /** What the rules that end here say together, or null if none does. */
    @Nullable FieldRule matched() {
        return matched;
    }

    /** The state at a member; of a name that no rule mentions if it is null. */
    PathState member(@Nullable String name) {
        return follow(segment -> segment instanceof Segment.AnyMember
                || (segment instanceof Segment.Member member && member.name().equals(name)));
    }

    /** The state at an element; of an index that no rule mentions if it is negative. */
    PathState element(int index) {
        return follow(segment -> segment instanceof Segment.AnyElement
                || (segment instanceof Segment.Element element && element.index() == index));
    }

    /** The names that the rules tell apart here. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Place place : places) {
            if (place.segment() instanceof Segment.Member member) {
                names.add(member.name());
            }
        }
        return names;
    }

    /** The indexes that the rules tell apart here. */
    Set<Integer> indexes() {
        Set<Integer> indexes = new LinkedHashSet<>();
        for (Place place : places) {
            if (place.segment() instanceof Segment.Element element) {
                indexes.add(element.index());
            }
        }
        return indexes;
    }

    private PathState follow(Predicate<Segment> leadsOn) {
        Collector collector = new Collector();
        for (Place place : places) {
            if (place.segment() instanceof Segment.Descend) {
                collector.add(place.rule(), place.next());
            } else if (leadsOn.test(place.segment())) {
                collector.add(place.rule(), place.next() + 1);
            }
        }
        return collector.state();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathState that && places.equals(that.places);
    }

    @Override
    public int hashCode() {
        return places.hashCode();
    }
}
