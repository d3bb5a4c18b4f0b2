package io.apiguard.servlet;

import io.apiguard.annotation.Authenticated;
import io.apiguard.annotation.PublicEndpoint;
import io.apiguard.annotation.RequiresScopes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Servlets that do one thing each. */
final class TestServlets {

    static final String CARD = "{\"id\":7,\"card\":\"4111111111111111\",\"name\":\"Zo\u00eb\"}";

    private TestServlets() {}

    /** What a test lets a servlet do. */
    @FunctionalInterface
    interface Work {
        void on(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    @PublicEndpoint
    static final class Open extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Work work;

        Open(Work work) {
            this.work = work;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            work.on(request, response);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            work.on(request, response);
        }
    }

    @Authenticated
    static final class Closed extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Work work;

        Closed(Work work) {
            this.work = work;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            work.on(request, response);
        }

        @Override
        @RequiresScopes("write")
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            work.on(request, response);
        }
    }

    static final class Unsaid extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Work work;

        Unsaid(Work work) {
            this.work = work;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            work.on(request, response);
        }
    }

    static void json(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().write(CARD);
    }

    /** Reads the whole body without blocking and echoes it. */
    static void readWithoutBlocking(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext async = request.startAsync();
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        in.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                byte[] chunk = new byte[100];
                while (in.isReady() && !in.isFinished()) {
                    int count = in.read(chunk);
                    if (count < 0) {
                        return;
                    }
                    read.write(chunk, 0, count);
                }
            }

            @Override
            public void onAllDataRead() throws IOException {
                response.setContentType("text/plain");
                response.getOutputStream().write(read.toByteArray());
                async.complete();
            }

            @Override
            public void onError(Throwable thrown) {
                response.setStatus(599);
                async.complete();
            }
        });
    }

    /** Writes a document in many pieces without blocking. */
    static void writeWithoutBlocking(HttpServletRequest request, HttpServletResponse response, byte[] document)
            throws IOException {
        AsyncContext async = request.startAsync();
        response.setContentType("application/json");
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int at;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (at == document.length) {
                        async.complete();
                        return;
                    }
                    int count = Math.min(1000, document.length - at);
                    out.write(document, at, count);
                    at += count;
                }
            }

            @Override
            public void onError(Throwable thrown) {
                async.complete();
            }
        });
    }

    static byte[] longDocument() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            text.append(i == 0 ? "" : ",").append(CARD);
        }
        return text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }
}
