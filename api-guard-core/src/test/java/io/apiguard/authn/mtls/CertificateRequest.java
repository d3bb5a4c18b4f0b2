package io.apiguard.authn.mtls;

import io.apiguard.http.ApiRequest;
import io.apiguard.http.Arrival;
import io.apiguard.http.Authority;
import io.apiguard.http.ClientAddress;
import io.apiguard.http.IpAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A request with certificates of its peer and fields of a proxy, and how such fields are written. */
public record CertificateRequest(List<X509Certificate> peerCertificates, List<String[]> lines) implements ApiRequest {

    public static CertificateRequest direct(X509Certificate... chain) {
        return new CertificateRequest(List.of(chain), List.of());
    }

    public CertificateRequest with(String name, String value) {
        List<String[]> more = new ArrayList<>(lines);
        more.add(new String[] {name, value});
        return new CertificateRequest(peerCertificates, more);
    }

    public static Arrival arrival(boolean trustedPeer) {
        ClientAddress client = ClientAddress.of(IpAddress.parse("192.0.2.1").orElseThrow());
        return new Arrival(client, true, Authority.parse("api.example.com").orElseThrow(), trustedPeer);
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    public static String bytes(X509Certificate certificate) {
        return ":" + Base64.getEncoder().encodeToString(der(certificate)) + ":";
    }

    public static String pem(X509Certificate... certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return URLEncoder.encode(pem.toString(), StandardCharsets.US_ASCII).replace("+", "%20");
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String rawPath() {
        return "/";
    }

    @Override
    public @org.jspecify.annotations.Nullable String rawQuery() {
        return null;
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public String peerAddress() {
        return "192.0.2.1";
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line[0].equalsIgnoreCase(name))
                .map(line -> line[1])
                .toList();
    }

    @Override
    public Set<String> headerNames() {
        Set<String> names = new TreeSet<>();
        lines.forEach(line -> names.add(line[0]));
        return names;
    }
}
