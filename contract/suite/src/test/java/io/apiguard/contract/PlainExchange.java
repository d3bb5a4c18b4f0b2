package io.apiguard.contract;

import io.apiguard.Admitted;
import io.apiguard.Admitted.ResponseMedia;
import io.apiguard.Completion;
import io.apiguard.EndpointPolicy;
import io.apiguard.Guard;
import io.apiguard.HandlerCall;
import io.apiguard.Received;
import io.apiguard.RequestBody;
import io.apiguard.contract.Operation.Call;
import io.apiguard.contract.Operation.Means;
import io.apiguard.contract.Operation.Result;
import io.apiguard.http.Answer;
import io.apiguard.http.ApiResponse;
import io.apiguard.http.CanonicalPath;
import io.apiguard.http.PathTemplate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One exchange: the life of a request as every adapter leads it, and the answer buffered whole. */
final class PlainExchange implements ApiResponse {

    private final Guard guard;
    private final Socket socket;
    private final PlainRequest request;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private int status;
    private byte[] body = new byte[0];

    PlainExchange(Guard guard, Socket socket) throws IOException {
        this.guard = guard;
        this.socket = socket;
        this.request = new PlainRequest(socket);
    }

    void run() throws IOException {
        Received received = guard.receive(request);
        if (received.answer().isPresent()) {
            take(received.answer().get());
        } else {
            dispatch(received);
        }
        received.decorate(this);
        send();
        received.release(Completion.of(status, body.length));
    }

    private void dispatch(Received received) throws IOException {
        boolean path = false;
        CanonicalPath canonical = (CanonicalPath) CanonicalPath.parse(request.rawPath());
        for (Operation operation : ContractApplication.operations()) {
            Map<String, String> variables =
                    PathTemplate.parse(operation.template()).match(canonical).orElse(null);
            path |= variables != null;
            boolean method = operation.method().equals(request.method())
                    || operation.method().equals("GET") && request.method().equals("HEAD");
            if (variables != null && method) {
                call(received, operation, variables);
                return;
            }
        }
        take(received.instead(path ? 405 : 404));
    }

    private void call(Received received, Operation operation, Map<String, String> variables) throws IOException {
        EndpointPolicy policy =
                guard.policies().get(ContractApplication.operations().indexOf(operation));
        Admitted admitted = received.admit(policy, new HandlerCall(() -> variables, new Body()));
        if (!admitted.isPermitted()) {
            take(admitted.refusal().orElseThrow());
            return;
        }
        try {
            byte[] read = admitted.body().stream().readAllBytes();
            Result result = operation
                    .handler()
                    .handle(new Call(variables, received.identity().orElse(null), read));
            answer(received, admitted, result);
        } catch (IOException | RuntimeException e) {
            take(received.failed(e));
        }
    }

    private void answer(Received received, Admitted admitted, Result result) throws IOException {
        if (result.means() == Means.ERROR_STATUS) {
            take(received.instead(result.status()));
        } else if (result.means() == Means.ASYNC_FAILURE) {
            take(received.failed(new ContractHandlers.HandlerFailure()));
        } else {
            status = result.status();
            result.headers().forEach(this::setHeader);
            fields.removeIf(field -> field.getKey().equals("X-Powered-By"));
            write(admitted, result);
        }
    }

    private void write(Admitted admitted, Result result) throws IOException {
        if (result.body() == null) {
            return;
        }
        setHeader("Content-Type", result.contentType());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicBoolean failed = new AtomicBoolean();
        ResponseMedia media =
                new ResponseMedia(status, result.contentType(), header("Content-Encoding"), header("Content-Range"));
        try (OutputStream out = admitted.redacting(media, bytes, () -> failed.set(true))) {
            result.body().writeTo(out);
        }
        if (failed.get()) {
            status = 500;
            fields.clear();
            setHeader("Content-Type", "application/problem+json");
        }
        body = bytes.toByteArray();
        setHeader("Content-Length", Integer.toString(body.length));
    }

    private void take(Answer answer) {
        status = answer.status();
        fields.clear();
        answer.headers().forEach(header -> addHeader(header.name(), header.value()));
        body = answer.body();
    }

    private void send() throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
        fields.forEach(field -> head.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append("\r\n"));
        head.append("Connection: close\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            socket.getOutputStream().write(body);
        }
        socket.getOutputStream().flush();
    }

    private String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void setHeader(String name, String value) {
        fields.removeIf(field -> field.getKey().equalsIgnoreCase(name));
        addHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        fields.add(Map.entry(name, value));
    }

    private final class Body implements RequestBody {
        @Override
        public boolean mayBePresent() {
            return !request.headers("Content-Length").isEmpty()
                    || !request.headers("Transfer-Encoding").isEmpty();
        }

        @Override
        public InputStream open() throws IOException {
            return request.body();
        }
    }
}
