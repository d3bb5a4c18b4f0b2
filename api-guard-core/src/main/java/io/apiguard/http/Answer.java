package io.apiguard.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete response that the guard writes itself: an adapter sends exactly this and nothing else.
 *
 * <p>Immutable and thread-safe.
 */
public final class Answer {

    private final int status;
    private final List<Header> headers;
    private final String contentType;
    private final byte[] body;

    private Answer(int status, List<Header> headers, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /**
     * Returns the answer that shows a problem.
     *
     * @param problem the problem
     * @param headers further fields; Content-Type and Content-Length are added and must not be among them
     * @return the answer
     */
    public static Answer of(Problem problem, List<Header> headers) {
        return withBody(problem.status(), headers, Problem.MEDIA_TYPE, problem.toJson());
    }

    /**
     * Returns an answer with a document that the guard itself serves (200).
     *
     * @param json a JSON document in UTF-8
     * @param headers further fields; Content-Type and Content-Length are added and must not be among them
     * @return the answer
     */
    public static Answer document(byte[] json, List<Header> headers) {
        return withBody(200, headers, "application/json", json.clone());
    }

    private static Answer withBody(int status, List<Header> headers, String contentType, byte[] body) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header("Content-Type", contentType));
        all.add(new Header("Content-Length", Integer.toString(body.length)));
        return new Answer(status, all, contentType, body);
    }

    /**
     * Returns an answer without a body, such as 204 for a preflight.
     *
     * @param status the HTTP status
     * @param headers the fields
     * @return the answer
     */
    public static Answer empty(int status, List<Header> headers) {
        return new Answer(status, headers, "", new byte[0]);
    }

    /**
     * Returns this answer with more fields after its own.
     *
     * @param more the fields to add
     * @return the answer
     */
    public Answer with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Answer(status, all, contentType, body);
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /**
     * {@return the fields in order, Content-Type and Content-Length included if there is a body; a name may come twice;
     * unmodifiable}
     */
    public List<Header> headers() {
        return headers;
    }

    /** {@return a copy of the body, empty if there is none} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return the media type of the body, or the empty string if there is none} */
    public String contentType() {
        return contentType;
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
