package io.apiguard.spring;

import io.apiguard.Guard;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The guard's part of the health of an application on Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
class HealthOfBoot40 {

    @Bean
    HealthIndicator apiGuardHealthIndicator(GuardHolder holder) {
        return () -> health(holder.get());
    }

    private static Health health(Guard guard) {
        Health.Builder health = ReportModeHealth.isUnguarded(guard) ? Health.unknown() : Health.up();
        return health.withDetails(ReportModeHealth.details(guard)).build();
    }
}
