package io.apiguard.contract;

import io.apiguard.GuardBuilder;
import io.apiguard.GuardCustomizer;

/** Puts the current {@link ContractFixture} into every guard that an adapter builds; found as a service. */
public final class ContractCustomizer implements GuardCustomizer {

    /** Made by the service loader. */
    public ContractCustomizer() {}

    @Override
    public void customize(GuardBuilder builder) {
        ContractFixture.customize(builder);
    }
}
