package io.apiguard.cedar.validation;

import io.apiguard.cedar.ast.EntityReference;
import io.apiguard.cedar.ast.Expr;
import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;
import io.apiguard.cedar.ast.Scope;
import io.apiguard.cedar.validation.Finding.Severity;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Position;
import io.apiguard.cedar.value.StringValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Warns of text that reads as something else than it is: characters that turn the direction of writing, invisible ones in what names something, and
 * letters of several scripts in one word (Unicode Technical Standard 39, section 5.1).
 *
 * <p>Of one policy and one thread.
 */
final class SuspiciousText {

    private static final String TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** What is written together in one language. */
    private static final List<Set<Character.UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA),
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HANGUL),
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.BOPOMOFO));

    private final String id;
    private final Positions positions;
    private final List<Finding> findings = new ArrayList<>();

    SuspiciousText(String id, Positions positions) {
        this.id = id;
        this.positions = positions;
    }

    List<Finding> check(Policy policy) {
        Stream.of(policy.principal(), policy.action(), policy.resource()).forEach(this::check);
        policy.conditions().forEach(condition -> Walk.over(condition.body(), this::check));
        return findings;
    }

    private void check(Scope scope) {
        ScopeTypes.actions(scope).forEach(uid -> name(scope, uid.id()));
        if (scope instanceof Scope.IsIn isIn && isIn.entity() instanceof EntityReference.Named named) {
            name(scope, named.uid().id());
        }
    }

    private void check(Expr expr) {
        if (expr instanceof Expr.Literal literal && literal.value() instanceof StringValue string) {
            text(expr, string.value());
        } else if (expr instanceof Expr.Literal literal && literal.value() instanceof EntityUid uid) {
            name(expr, uid.id());
        } else if (expr instanceof Expr.Like like) {
            text(expr, String.join("*", like.pattern().parts()));
        } else if (expr instanceof Expr.GetAttribute get) {
            name(expr, get.name());
        } else if (expr instanceof Expr.Has has) {
            has.path().forEach(name -> name(expr, name));
        } else if (expr instanceof Expr.RecordOf record) {
            record.members().keySet().forEach(name -> name(expr, name));
        }
    }

    private void text(Object part, String text) {
        if (turns(text)) {
            warn(part, "a string has a character that turns the direction of writing", text);
        } else if (isMixed(text)) {
            warn(part, "a string mixes letters of several scripts", text);
        }
    }

    private void name(Object part, String name) {
        if (turns(name)) {
            warn(part, "a name has a character that turns the direction of writing", name);
        } else if (!name.codePoints().allMatch(SuspiciousText::isUsual)) {
            warn(part, "a name has a character that is neither printable ASCII nor one of identifiers", name);
        } else if (isMixed(name)) {
            warn(part, "a name mixes letters of several scripts", name);
        }
    }

    private void warn(Object part, String message, String text) {
        Position place = positions.of(part);
        findings.add(new Finding(id, Severity.WARNING, message + ": " + escaped(text), place));
    }

    /** Shows each character by what it is, not by how it looks. */
    private static String escaped(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (isPrintableAscii(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return shown.append('"').toString();
    }

    private static boolean turns(String text) {
        return text.chars().anyMatch(c -> TURNING.indexOf(c) >= 0);
    }

    private static boolean isPrintableAscii(int c) {
        return c >= ' ' && c <= '~';
    }

    private static boolean isUsual(int c) {
        return isPrintableAscii(c) || Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }

    private static boolean isMixed(String text) {
        Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
        text.codePoints().mapToObj(Character.UnicodeScript::of).forEach(scripts::add);
        scripts.remove(Character.UnicodeScript.COMMON);
        scripts.remove(Character.UnicodeScript.INHERITED);
        return scripts.size() > 1 && TOGETHER.stream().noneMatch(language -> language.containsAll(scripts));
    }
}
