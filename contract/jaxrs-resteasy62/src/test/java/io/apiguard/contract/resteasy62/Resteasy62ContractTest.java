package io.apiguard.contract.resteasy62;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;

/** The contract, served by RESTEasy 6.2 in Undertow. */
class Resteasy62ContractTest extends AdapterContract {

    Resteasy62ContractTest() {
        super(new ResteasyServer("RESTEasy 6.2", ContainerTable.beside(Resteasy62ContractTest.class)));
    }
}
