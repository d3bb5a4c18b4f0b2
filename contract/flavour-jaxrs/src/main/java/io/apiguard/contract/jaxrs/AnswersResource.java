package io.apiguard.contract.jaxrs;

import io.apiguard.annotation.Audited;
import io.apiguard.annotation.Authenticated;
import io.apiguard.contract.ContractHandlers;
import io.apiguard.identity.Identity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers of every kind: asynchronous, failing, streamed, with header fields of their own, impossible to read. */
@Path("api")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class AnswersResource {

    @GET
    @Path("me")
    @Audited(action = "me.read")
    public Map<String, Object> me(@Context Identity caller) {
        return ContractHandlers.me(caller);
    }

    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse answer, @Context jakarta.ws.rs.core.SecurityContext security) {
        Identity caller = (Identity) security.getUserPrincipal();
        new Thread(() -> answer.resume(ContractHandlers.describe("async", caller))).start();
    }

    @GET
    @Path("async/failing")
    public void asyncFailing(@Suspended AsyncResponse answer) {
        new Thread(() -> {
                    try {
                        answer.resume(ContractHandlers.fail("asyncFailing"));
                    } catch (ContractHandlers.HandlerFailure e) {
                        answer.resume(e);
                    }
                })
                .start();
    }

    @GET
    @Path("failing")
    public Map<String, Object> failing() {
        return ContractHandlers.fail("failing");
    }

    @GET
    @Path("missing")
    public Map<String, Object> missing() {
        ContractHandlers.ran("missing");
        throw new NotFoundException(ContractHandlers.SECRET);
    }

    @GET
    @Path("large")
    public StreamingOutput large() {
        return ContractHandlers::writeLarge;
    }

    @GET
    @Path("text")
    @Produces("text/plain;charset=UTF-8")
    public String text() {
        return ContractHandlers.text();
    }

    @GET
    @Path("headers")
    public Response headers(@Context Identity caller) {
        return Response.ok(ContractHandlers.describe("ownHeaders", caller))
                .header("X-Powered-By", "Contract/1.2.3")
                .header("Cache-Control", "public, max-age=600")
                .header("X-Own", "kept")
                .build();
    }

    @GET
    @Path("redirect")
    public Response redirect() {
        ContractHandlers.ran("redirect");
        return Response.status(302)
                .location(URI.create("https://app.example.com/next"))
                .build();
    }

    @GET
    @Path("errorbody")
    public Response errorBody() {
        return Response.status(422).entity(ContractHandlers.open("errorBody")).build();
    }

    @GET
    @Path("open")
    public Map<String, Object> open() {
        return ContractHandlers.open("open");
    }

    @GET
    @Path("encoded")
    public Response encoded() {
        return Response.ok(ContractHandlers.compressedJson())
                .header("Content-Encoding", "gzip")
                .build();
    }

    @GET
    @Path("partial")
    public Response partial() {
        return Response.status(206)
                .entity(ContractHandlers.sensitiveJson("partial", StandardCharsets.UTF_8))
                .header("Content-Range", "bytes 0-99/5000")
                .build();
    }

    @GET
    @Path("utf16")
    @Produces("application/json;charset=UTF-16LE")
    public byte[] utf16() {
        return ContractHandlers.sensitiveJson("utf16", StandardCharsets.UTF_16LE);
    }

    @GET
    @Path("broken")
    public byte[] broken() {
        return ContractHandlers.brokenJson();
    }
}
