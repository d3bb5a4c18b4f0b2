package io.apiguard.contract.jersey40;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.jaxrs.JerseyServer;

/** The contract, served by Jersey 4.0 in Tomcat. */
class Jersey40ContractTest extends AdapterContract {

    Jersey40ContractTest() {
        super(new JerseyServer("Jersey 4.0", ContainerTable.beside(Jersey40ContractTest.class)));
    }
}
