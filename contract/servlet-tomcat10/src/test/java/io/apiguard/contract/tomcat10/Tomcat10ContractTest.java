package io.apiguard.contract.tomcat10;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.servlet.TomcatServletServer;

/** The contract, served by plain servlets on Tomcat 10. */
class Tomcat10ContractTest extends AdapterContract {

    Tomcat10ContractTest() {
        super(new TomcatServletServer("Tomcat 10", ContainerTable.beside(Tomcat10ContractTest.class)));
    }
}
