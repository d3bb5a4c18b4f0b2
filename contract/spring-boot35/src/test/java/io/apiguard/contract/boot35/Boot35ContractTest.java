package io.apiguard.contract.boot35;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.spring.SpringServer;

/** The contract, served by Spring Boot 3.5. */
class Boot35ContractTest extends AdapterContract {

    Boot35ContractTest() {
        super(new SpringServer("Spring Boot 3.5", ContainerTable.beside(Boot35ContractTest.class)));
    }
}
