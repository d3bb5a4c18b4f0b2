package io.apiguard.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Keys and certificates of a server and its clients, made by the JDK's keytool: {@code shop} and {@code other} are of the
 * authority {@code ca}, {@code stranger} is of its own. The servers' TLS lets all of them in, and callers without one.
 */
final class TestTls {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path keys;
    private final Path trusted;
    private final KeyStore store;

    private TestTls(Path directory) throws Exception {
        this.directory = directory;
        this.keys = directory.resolve("keys.p12");
        this.trusted = directory.resolve("trusted.p12");
        generate("ca", "-ext", "bc:critical=ca:true");
        generate("server", "-signer", "ca", "-ext", "san=ip:127.0.0.1");
        generate("shop", "-signer", "ca");
        generate("other", "-signer", "ca");
        generate("stranger");
        this.store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        writeTrusted();
    }

    static TestTls in(Path directory) throws Exception {
        return new TestTls(directory);
    }

    private void generate(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("keytool.log")));
        }
    }

    private void writeTrusted() throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", certificate("ca"));
        trust.setCertificateEntry("stranger", certificate("stranger"));
        try (var out = Files.newOutputStream(trusted)) {
            trust.store(out, PASSWORD.toCharArray());
        }
    }

    X509Certificate certificate(String name) throws Exception {
        return (X509Certificate) store.getCertificate(name);
    }

    /** {@return a PEM file with the authority that the guard is to take} */
    Path anchors() throws Exception {
        return Files.writeString(
                directory.resolve("anchors.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(certificate("ca").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** {@return what a client has that shows the given certificate, or none for {@code null}} */
    SSLContext client(String name) throws Exception {
        KeyStore servers = KeyStore.getInstance("PKCS12");
        servers.load(null, null);
        servers.setCertificateEntry("ca", certificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(servers);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(name == null ? null : new KeyManager[] {new OneKey(name, store)}, trust.getTrustManagers(), null);
        return context;
    }

    void secure(Connector connector) {
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("optional");
        host.setTruststoreFile(trusted.toString());
        host.setTruststorePassword(PASSWORD);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keys.toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        certificate.setCertificateKeyAlias("server");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }

    ServerConnector connector(Server server) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keys.toString());
        tls.setKeyStorePassword(PASSWORD);
        tls.setCertAlias("server");
        tls.setTrustStorePath(trusted.toString());
        tls.setTrustStorePassword(PASSWORD);
        tls.setWantClientAuth(true);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false)); // clients name no host, but an address
        return new ServerConnector(server, tls, new HttpConnectionFactory(http));
    }

    /** Shows one certificate, whomever the server says it asks for. */
    private static final class OneKey extends X509ExtendedKeyManager {

        private final String name;
        private final KeyStore store;

        OneKey(String name, KeyStore store) {
            this.name = name;
            this.store = store;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return name;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return name;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            try {
                return Arrays.stream(store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            try {
                return (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {name};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
