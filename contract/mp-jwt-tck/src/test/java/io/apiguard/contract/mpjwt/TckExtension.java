package io.apiguard.contract.mpjwt;

import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Has Arquillian prepare the archives of the TCK; found by it as a service. */
public final class TckExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        OpenedClass.define();
        builder.service(ApplicationArchiveProcessor.class, TckArchiveProcessor.class);
    }
}
