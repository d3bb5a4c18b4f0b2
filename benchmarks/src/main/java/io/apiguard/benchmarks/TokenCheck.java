package io.apiguard.benchmarks;

/** The check of one token, with everything that is done once done. */
@FunctionalInterface
interface TokenCheck {

    /**
     * Checks a token.
     *
     * @param token the text in compact form
     * @return what was found in a good one
     * @throws Exception if it is refused
     */
    Object verify(String token) throws Exception;
}
