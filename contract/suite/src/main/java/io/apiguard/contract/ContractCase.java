package io.apiguard.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One behaviour of the contract: a request and what it must come to, or several in a row.
 *
 * @param name what is tried, unique
 * @param reference the OWASP API risk, past failure or clause that it stands for
 * @param answeredBy who may answer
 * @param after how far the clock moves before the first request
 * @param oneConnection whether all requests go over one connection
 * @param steps the exchanges in order
 */
public record ContractCase(
        String name, String reference, AnsweredBy answeredBy, Duration after, boolean oneConnection, List<Step> steps) {

    /** Who may answer a request. */
    public enum AnsweredBy {
        /** The guard, with the same answer on every server. */
        GUARD,
        /** The guard, unless the server's own table says that the container refuses it first. */
        GUARD_OR_CONTAINER
    }

    /**
     * One exchange.
     *
     * @param request what is sent, made from the answer before when it is due
     * @param expectation what must come of it
     */
    public record Step(Function<RawAnswer, RawRequest> request, Expectation expectation) {

        Step(RawRequest request, Expectation expectation) {
            this(answer -> request, expectation);
        }
    }

    static ContractCase of(String name, String reference, RawRequest request, Expectation expectation) {
        return new ContractCase(
                name, reference, AnsweredBy.GUARD, Duration.ZERO, false, List.of(new Step(request, expectation)));
    }

    /** A request that is made when it is due. */
    static ContractCase of(
            String name, String reference, Function<RawAnswer, RawRequest> request, Expectation expectation) {
        return new ContractCase(name, reference, AnsweredBy.GUARD, Duration.ZERO, false, List.of())
                .then(request, expectation);
    }

    /** A request so odd that a container may refuse it by itself. */
    static ContractCase hostile(String name, String reference, RawRequest request, Expectation expectation) {
        return new ContractCase(
                name,
                reference,
                AnsweredBy.GUARD_OR_CONTAINER,
                Duration.ZERO,
                false,
                List.of(new Step(request, expectation)));
    }

    ContractCase then(RawRequest request, Expectation expectation) {
        return then(answer -> request, expectation);
    }

    /** Goes on with what the answer before, or something done meanwhile, leads to. */
    ContractCase then(Function<RawAnswer, RawRequest> request, Expectation expectation) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(request, expectation));
        return new ContractCase(name, reference, answeredBy, after, oneConnection, more);
    }

    ContractCase after(Duration wait) {
        return new ContractCase(name, reference, answeredBy, wait, oneConnection, steps);
    }

    ContractCase onOneConnection() {
        return new ContractCase(name, reference, answeredBy, after, true, steps);
    }

    @Override
    public String toString() {
        return name + " [" + reference + "]";
    }
}
