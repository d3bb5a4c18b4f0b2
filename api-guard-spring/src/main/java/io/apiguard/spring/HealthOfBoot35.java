package io.apiguard.spring;

import io.apiguard.Guard;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The guard's part of the health of an application on Boot 3.5. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
class HealthOfBoot35 {

    @Bean
    HealthIndicator apiGuardHealthIndicator(GuardHolder holder) {
        return () -> health(holder.get());
    }

    private static Health health(Guard guard) {
        Health.Builder health = ReportModeHealth.isUnguarded(guard) ? Health.unknown() : Health.up();
        return health.withDetails(ReportModeHealth.details(guard)).build();
    }
}
