package io.apiguard.contract.boot40;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.spring.SpringServer;

/** The contract, served by Spring Boot 4.0. */
class Boot40ContractTest extends AdapterContract {

    Boot40ContractTest() {
        super(new SpringServer("Spring Boot 4.0", ContainerTable.beside(Boot40ContractTest.class)));
    }
}
