package io.apiguard.cedar;

import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the entities that a request names, without recursion: its context can be deep. */
final class Mentioned {

    private Mentioned() {}

    static Set<EntityUid> in(CedarRequest request) {
        Set<EntityUid> found = new LinkedHashSet<>(List.of(request.principal(), request.action(), request.resource()));
        Deque<Value> open = new ArrayDeque<>(request.context().attributes().values());
        while (!open.isEmpty()) {
            Value value = open.pop();
            if (value instanceof EntityUid uid) {
                found.add(uid);
            } else if (value instanceof RecordValue within) {
                open.addAll(within.attributes().values());
            } else if (value instanceof SetValue set) {
                open.addAll(set.elements());
            }
        }
        return found;
    }
}
