package io.apiguard.contract.authorizationserver;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64;
import com.sun.net.httpserver.HttpServer;
import io.apiguard.contract.authorizationserver.Certificates.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/** Publishes the public key of a client, for an authorization server to fetch. */
final class ClientKeySet implements AutoCloseable {

    private final HttpServer server;

    private ClientKeySet(ECKey key) {
        byte[] body = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    static ClientKeySet of(KeyPair pair, String keyId) {
        return new ClientKeySet(key(pair).keyID(keyId).build());
    }

    static ClientKeySet of(Issued certificate) {
        try {
            return new ClientKeySet(key(certificate.pair())
                    .x509CertChain(
                            List.of(Base64.encode(certificate.certificate().getEncoded())))
                    .build());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey.Builder key(KeyPair pair) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic());
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
