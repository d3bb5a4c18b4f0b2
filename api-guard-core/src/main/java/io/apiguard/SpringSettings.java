package io.apiguard;

import io.apiguard.internal.settings.Setting;

/**
 * What only the Spring adapter uses.
 *
 * @param securityContext fill Spring Security's SecurityContext with the identity
 */
public record SpringSettings(
        @Setting(description = "Fill Spring Security's SecurityContext with the identity.", defaultValue = "false")
        boolean securityContext) {}
