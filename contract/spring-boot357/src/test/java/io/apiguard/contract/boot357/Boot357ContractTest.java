package io.apiguard.contract.boot357;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.spring.SpringServer;

/** The contract, served by Spring Boot 3.5.7, whose Jackson is older than the one core brings. */
class Boot357ContractTest extends AdapterContract {

    Boot357ContractTest() {
        super(new SpringServer("Spring Boot 3.5.7", ContainerTable.beside(Boot357ContractTest.class)));
    }
}
