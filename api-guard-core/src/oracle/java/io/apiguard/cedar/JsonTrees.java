package io.apiguard.cedar;

import io.apiguard.cedar.entity.Entity;
import io.apiguard.cedar.value.BoolValue;
import io.apiguard.cedar.value.DatetimeValue;
import io.apiguard.cedar.value.DecimalValue;
import io.apiguard.cedar.value.DurationValue;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.IpAddressValue;
import io.apiguard.cedar.value.LongValue;
import io.apiguard.cedar.value.RecordValue;
import io.apiguard.cedar.value.SetValue;
import io.apiguard.cedar.value.StringValue;
import io.apiguard.cedar.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values and entities in the explicit form of Cedar's JSON. */
final class JsonTrees {

    private JsonTrees() {}

    static List<Object> entities(Collection<Entity> entities) {
        List<Object> trees = new ArrayList<>();
        entities.forEach(entity -> trees.add(Map.of(
                "uid", uid(entity.uid()),
                "attrs", value(entity.attributes()),
                "tags", value(entity.tags()),
                "parents", entity.parents().stream().map(JsonTrees::uid).toList())));
        return trees;
    }

    static Map<String, Object> uid(EntityUid uid) {
        return Map.of("type", uid.type().name(), "id", uid.id());
    }

    static Object value(Value value) {
        if (value instanceof BoolValue bool) {
            return bool.asBoolean();
        }
        if (value instanceof LongValue number) {
            return number.value();
        }
        if (value instanceof StringValue text) {
            return text.value();
        }
        if (value instanceof EntityUid uid) {
            return Map.of("__entity", uid(uid));
        }
        if (value instanceof SetValue set) {
            return set.elements().stream().map(JsonTrees::value).toList();
        }
        return value instanceof RecordValue record ? members(record) : extension(value);
    }

    private static Map<String, Object> members(RecordValue record) {
        Map<String, Object> members = new LinkedHashMap<>();
        record.attributes().forEach((name, member) -> members.put(name, value(member)));
        return members;
    }

    private static Object extension(Value value) {
        if (value instanceof DecimalValue decimal) {
            return call("decimal", decimal.text());
        }
        if (value instanceof IpAddressValue address) {
            return call("ip", address.text());
        }
        if (value instanceof DurationValue duration) {
            return call("duration", duration.millis() + "ms");
        }
        String offset = ((DatetimeValue) value).millis() + "ms";
        return Map.of(
                "__extn",
                Map.of("fn", "offset", "args", List.of(call("datetime", "1970-01-01"), call("duration", offset))));
    }

    private static Map<String, Object> call(String function, String text) {
        return Map.of("__extn", Map.of("fn", function, "arg", text));
    }
}
