/** API Guard's framework-neutral primitives and the pipeline that joins them. */
@org.jspecify.annotations.NullMarked
module io.apiguard.core {
    requires transitive org.jspecify;
    requires org.slf4j;
    requires transitive java.net.http;
    requires java.naming;
    requires com.github.benmanes.caffeine;
    requires tools.jackson.core;
    requires org.jose4j;
    requires io.github.bucket4j.core;
    requires org.snakeyaml.engine.v2;
    requires owasp.encoder;

    exports io.apiguard;
    exports io.apiguard.annotation;
    exports io.apiguard.audit;
    exports io.apiguard.authn;
    exports io.apiguard.authn.apikey;
    exports io.apiguard.authn.dpop;
    exports io.apiguard.authn.introspection;
    exports io.apiguard.authn.httpsig;
    exports io.apiguard.authn.jwt;
    exports io.apiguard.authn.revocation;
    exports io.apiguard.authn.mtls;
    exports io.apiguard.authz;
    exports io.apiguard.cedar;
    exports io.apiguard.cedar.ast;
    exports io.apiguard.cedar.entity;
    exports io.apiguard.cedar.format;
    exports io.apiguard.cedar.json;
    exports io.apiguard.cedar.parser;
    exports io.apiguard.cedar.partial;
    exports io.apiguard.cedar.schema;
    exports io.apiguard.cedar.validation;
    exports io.apiguard.cedar.value;
    exports io.apiguard.event;
    exports io.apiguard.field;
    exports io.apiguard.http;
    exports io.apiguard.identity;
    exports io.apiguard.ratelimit;
    exports io.apiguard.redaction;
    exports io.apiguard.secret;
    exports io.apiguard.store;
    exports io.apiguard.validation;

    uses io.apiguard.GuardCustomizer;
}
