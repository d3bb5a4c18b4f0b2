package io.apiguard.benchmarks;

/** Makes sure that nobody measures a refusal. */
final class Outcomes {

    private Outcomes() {}

    static <T> T expect(Class<T> good, Object outcome) {
        if (!good.isInstance(outcome)) {
            throw new IllegalStateException("what is to be measured is refused: " + outcome);
        }
        return good.cast(outcome);
    }
}
