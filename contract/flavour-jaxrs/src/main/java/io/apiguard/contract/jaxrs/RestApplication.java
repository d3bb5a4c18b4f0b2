package io.apiguard.contract.jaxrs;

import io.apiguard.GuardSettings;
import io.apiguard.contract.ContractCustomizer;
import io.apiguard.contract.ContractFixture;
import io.apiguard.jaxrs.ApiGuardFeature;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application; the frameworks make it by its name. */
public class RestApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                OrdersResource.class,
                HealthResource.class,
                LimitsResource.class,
                AuthenticationResource.class,
                AnswersResource.class,
                AnnotatedResources.OnInterface.class,
                AnnotatedResources.OnSuperclass.class,
                AnnotatedResources.OnGenericMethod.class,
                AnnotatedResources.ByMetaAnnotation.class,
                AnnotatedResources.OnClass.class);
    }

    @Override
    @SuppressWarnings("deprecation") // still the portable way to register an object
    public Set<Object> getSingletons() {
        GuardSettings settings = GuardSettings.of(ContractFixture.current().settings());
        return Set.of(ApiGuardFeature.of(settings, new ContractCustomizer()));
    }
}
