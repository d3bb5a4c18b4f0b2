package io.apiguard.contract.jetty12;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;

/** The contract, served by plain servlets on Jetty 12.1. */
class Jetty12ContractTest extends AdapterContract {

    Jetty12ContractTest() {
        super(new JettyServletServer("Jetty 12.1", ContainerTable.beside(Jetty12ContractTest.class)));
    }
}
