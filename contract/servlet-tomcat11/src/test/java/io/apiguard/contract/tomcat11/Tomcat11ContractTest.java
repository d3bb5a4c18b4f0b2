package io.apiguard.contract.tomcat11;

import io.apiguard.contract.AdapterContract;
import io.apiguard.contract.ContainerTable;
import io.apiguard.contract.servlet.TomcatServletServer;

/** The contract, served by plain servlets on Tomcat 11. */
class Tomcat11ContractTest extends AdapterContract {

    Tomcat11ContractTest() {
        super(new TomcatServletServer("Tomcat 11", ContainerTable.beside(Tomcat11ContractTest.class)));
    }
}
