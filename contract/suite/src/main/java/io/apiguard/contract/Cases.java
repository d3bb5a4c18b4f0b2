package io.apiguard.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects the cases of one area. */
final class Cases {

    private final List<ContractCase> all = new ArrayList<>();

    void add(String name, String reference, RawRequest request, Expectation expectation) {
        all.add(ContractCase.of(name, reference, request, expectation));
    }

    void hostile(String name, String reference, RawRequest request, Expectation expectation) {
        all.add(ContractCase.hostile(name, reference, request, expectation));
    }

    void add(ContractCase one) {
        all.add(one);
    }

    List<ContractCase> list() {
        return List.copyOf(all);
    }
}
