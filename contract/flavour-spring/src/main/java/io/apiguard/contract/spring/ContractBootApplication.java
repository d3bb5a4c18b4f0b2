package io.apiguard.contract.spring;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Boot application that knows nothing of the guard but its annotations: the jar on the class path does the rest. */
@SpringBootApplication(proxyBeanMethods = false)
public class ContractBootApplication {}
