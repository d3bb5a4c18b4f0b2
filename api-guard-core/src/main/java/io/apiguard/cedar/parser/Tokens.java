package io.apiguard.cedar.parser;

import io.apiguard.cedar.parser.Token.Kind;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityType;
import io.apiguard.cedar.value.EntityUid;
import io.apiguard.cedar.value.Names;
import io.apiguard.cedar.value.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tokens of a text, one looked at ahead, and what all parts of the grammar are made of: words, names, strings. */
final class Tokens {

    private final Lexer lexer;
    private Token token;
    private int lastEnd;

    Tokens(String text) {
        this.lexer = new Lexer(text);
        this.token = lexer.next();
    }

    Token peek() {
        return token;
    }

    Token take() {
        Token taken = token;
        lastEnd = taken.end();
        if (taken.kind() != Kind.END) {
            token = lexer.next();
        }
        return taken;
    }

    /** Returns where the token last taken ends. */
    int lastEnd() {
        return lastEnd;
    }

    boolean at(String symbol) {
        return token.is(symbol);
    }

    boolean atWord(String word) {
        return token.isWord(word);
    }

    boolean takeIf(String symbol) {
        boolean there = token.is(symbol);
        if (there) {
            take();
        }
        return there;
    }

    boolean takeWordIf(String word) {
        boolean there = token.isWord(word);
        if (there) {
            take();
        }
        return there;
    }

    void expect(String symbol) {
        if (!takeIf(symbol)) {
            throw expected("'" + symbol + "'");
        }
    }

    void expectWord(String word) {
        if (!takeWordIf(word)) {
            throw expected("'" + word + "'");
        }
    }

    boolean atEnd() {
        return token.kind() == Kind.END;
    }

    /** Takes an identifier, a reserved one too. */
    String anyIdentifier(String what) {
        if (token.kind() != Kind.IDENTIFIER) {
            throw expected(what);
        }
        return take().text();
    }

    /** Takes an identifier that can name something. */
    String identifier(String what) {
        if (token.kind() == Kind.IDENTIFIER && Names.isReserved(token.text())) {
            throw error(token, "'" + token.text() + "' is a word of the language; expected " + what);
        }
        return anyIdentifier(what);
    }

    String string(String what) {
        if (token.kind() != Kind.STRING) {
            throw expected(what);
        }
        return unescaped(take());
    }

    String unescaped(Token string) {
        return new Unescaper(lexer, string).string();
    }

    Unescaper unescaper(Token string) {
        return new Unescaper(lexer, string);
    }

    /** Takes annotations, each key once, up to what they belong to. */
    Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        while (takeIf("@")) {
            Token key = token;
            String name = anyIdentifier("the key of an annotation");
            String value = "";
            if (takeIf("(")) {
                value = string("the text of the annotation, as a string");
                expect(")");
            }
            if (annotations.put(name, value) != null) {
                throw error(key, "the annotation '@" + name + "' stands here twice");
            }
        }
        return annotations;
    }

    /** Takes a name of an entity type. */
    EntityType typeName(String what) {
        StringBuilder name = new StringBuilder(identifier(what));
        while (takeIf("::")) {
            name.append("::").append(identifier("an identifier after '::'"));
        }
        return new EntityType(name.toString());
    }

    /** Takes a reference to an entity, {@code Type::"id"}. */
    EntityUid entity(String what) {
        Token start = token;
        StringBuilder name = new StringBuilder(identifier(what));
        while (true) {
            if (!takeIf("::")) {
                throw expected("'::' and a string, to name an entity");
            }
            if (token.kind() == Kind.STRING) {
                return uid(start, name.toString(), take());
            }
            name.append("::").append(identifier("an identifier or a string after '::'"));
        }
    }

    EntityUid uid(Token start, String type, Token id) {
        try {
            return EntityUid.of(type, unescaped(id));
        } catch (CedarException e) {
            throw placed(start, e);
        }
    }

    Position position(Token of) {
        return lexer.position(of.start());
    }

    CedarException expected(String what) {
        return error(token, "expected " + what + ", found " + token.shown());
    }

    /** Returns a refusal as it is if it says where, else with this place. */
    CedarException placed(Token where, CedarException refusal) {
        return refusal.position().isPresent() ? refusal : error(where, String.valueOf(refusal.getMessage()));
    }

    CedarException error(Token where, String message) {
        return lexer.error(where.start(), message);
    }
}
