package io.apiguard;

import io.apiguard.http.Problem;
import java.util.Set;
import java.util.TreeSet;

/** The problem documents of the pipeline itself: each says what the caller can do, and nothing of why a secret check failed. */
final class Problems {

    private Problems() {}

    static Problem tlsRequired() {
        return Problem.of(403, "tls-required", "TLS required", "Use https for this API.");
    }

    static Problem hostRefused() {
        return Problem.of(
                421, "host-refused", "Misdirected request", "This server does not answer for the requested host.");
    }

    static Problem methodRefused() {
        return Problem.of(
                405, "method-not-allowed", "Method not allowed", "Use one of the methods in the Allow field.");
    }

    static Problem malformedRequest(String detail) {
        return Problem.of(400, "malformed-request", "Malformed request", detail);
    }

    static Problem originRefused() {
        return Problem.of(
                403, "origin-refused", "Origin refused", "This origin, method or header field is not allowed here.");
    }

    static Problem urlTooLong() {
        return Problem.of(414, "url-too-long", "URI too long", "Shorten the request target.");
    }

    static Problem headersTooLarge() {
        return Problem.of(431, "headers-too-large", "Header fields too large", "Send fewer or shorter header fields.");
    }

    static Problem bodyTooLarge() {
        return Problem.of(413, "body-too-large", "Content too large", "Send a smaller body.");
    }

    static Problem bodyTooSlow() {
        return Problem.of(408, "body-too-slow", "Request timeout", "Send the whole body sooner.");
    }

    static Problem busy() {
        return Problem.of(503, "busy", "Service unavailable", "Try again later.");
    }

    static Problem unsupportedMediaType(String detail) {
        return Problem.of(415, "unsupported-media-type", "Unsupported media type", detail);
    }

    static Problem rateLimited() {
        return Problem.of(429, "rate-limited", "Too many requests", "Wait for the time in the Retry-After field.");
    }

    static Problem unauthenticated() {
        return Problem.of(401, "unauthenticated", "Authentication required", "Present a valid credential.");
    }

    static Problem insufficientAuthentication() {
        return Problem.of(
                401,
                "insufficient-authentication",
                "Stronger authentication required",
                "Log in again as the WWW-Authenticate field says, and present the new credential.");
    }

    static Problem credentialUnverifiable() {
        return Problem.of(
                503,
                "authentication-unavailable",
                "Service unavailable",
                "The credential cannot be verified now. Try again later.");
    }

    static Problem insufficientScope(Set<String> required) {
        return Problem.of(
                403,
                "insufficient-scope",
                "Insufficient scope",
                "The credential needs these scopes: " + String.join(" ", new TreeSet<>(required)));
    }

    static Problem forbidden() {
        return Problem.of(403, "forbidden", "Forbidden", null);
    }

    static Problem invalidBody(String detail) {
        return Problem.of(400, "invalid-body", "Invalid body", detail);
    }

    static Problem internalError() {
        return Problem.of(500, "internal-error", "Internal server error", null);
    }

    /** Returns the problem that stands for a status a framework chose. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> malformedRequest("The request cannot be understood.");
            case 401 -> unauthenticated();
            case 403 -> forbidden();
            case 404 -> Problem.of(404, "not-found", "Not found", null);
            case 405 -> methodRefused();
            case 406 ->
                Problem.of(406, "not-acceptable", "Not acceptable", "Accept a media type this endpoint offers.");
            case 413 -> bodyTooLarge();
            case 415 -> unsupportedMediaType("This endpoint does not take this media type.");
            case 500 -> internalError();
            default -> Problem.of(status, "status-" + status, status < 500 ? "Request refused" : "Server error", null);
        };
    }
}
