package io.apiguard;

import io.apiguard.GuardSettings.Access;
import io.apiguard.internal.settings.Setting;

/**
 * Who may call what the framework itself serves and the application did not write.
 *
 * @param health the health endpoint
 * @param error the handler of ERROR dispatches; calling it directly stays denied
 * @param actuator management endpoints other than health
 * @param apiDocs API descriptions and their pages (OpenAPI, Swagger UI, WADL)
 * @param staticResources static resources and default servlets
 */
public record FrameworkSettings(
        @Setting(description = "The health endpoint.", defaultValue = "public")
        Access health,

        @Setting(
                description = "The handler of ERROR dispatches; calling it directly stays denied.",
                defaultValue = "public")
        Access error,

        @Setting(description = "Management endpoints other than health.", defaultValue = "denied")
        Access actuator,

        @Setting(description = "API descriptions and their pages (OpenAPI, Swagger UI, WADL).", defaultValue = "denied")
        Access apiDocs,

        @Setting(description = "Static resources and default servlets.", defaultValue = "denied")
        Access staticResources) {}
