package io.apiguard.benchmarks;

import io.apiguard.cedar.CedarRequest;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Another engine that decides the same requests. */
public interface CedarPeer {

    /** Returns its name and version. */
    String name();

    /**
     * Returns whether the application can be put into its terms.
     *
     * @param application an application
     */
    boolean canExpress(CedarApplication application);

    /**
     * Loads policies and entities, and translates the requests beforehand.
     *
     * @param application an application
     * @return what decides
     */
    Predicate<Numbered> prepare(CedarApplication application);

    /**
     * A request and its place in the list of all.
     *
     * @param number its place
     * @param request the request
     */
    record Numbered(int number, CedarRequest request) {

        static List<Numbered> of(List<CedarRequest> requests) {
            return IntStream.range(0, requests.size())
                    .mapToObj(number -> new Numbered(number, requests.get(number)))
                    .toList();
        }
    }
}
