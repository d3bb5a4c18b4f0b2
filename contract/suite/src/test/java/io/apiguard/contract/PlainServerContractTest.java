package io.apiguard.contract;

/** The contract on a plain socket: the suite's own test. */
class PlainServerContractTest extends AdapterContract {

    PlainServerContractTest() {
        super(new PlainServer());
    }
}
