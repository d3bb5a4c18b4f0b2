package io.apiguard.contract.jersey31;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.jaxrs.JerseyServer;

/** The contract, served by Jersey 3.1 in Tomcat. */
class Jersey31ContractTest extends AdapterContract {

    Jersey31ContractTest() {
        super(new JerseyServer("Jersey 3.1", ContainerTable.beside(Jersey31ContractTest.class)));
    }
}
