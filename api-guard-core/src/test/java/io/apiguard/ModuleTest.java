package io.apiguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The face of the module: what it shows and what it needs. A change here is a change of the public API. */
class ModuleTest {

    private final ModuleDescriptor descriptor = descriptor();

    @Test
    void exports_unqualified_areThePublicPackages() {
        assertThat(exported(false))
                .containsExactlyInAnyOrder(
                        "io.apiguard",
                        "io.apiguard.annotation",
                        "io.apiguard.audit",
                        "io.apiguard.authn",
                        "io.apiguard.authn.apikey",
                        "io.apiguard.authn.dpop",
                        "io.apiguard.authn.introspection",
                        "io.apiguard.authn.httpsig",
                        "io.apiguard.authn.jwt",
                        "io.apiguard.authn.revocation",
                        "io.apiguard.authn.mtls",
                        "io.apiguard.authz",
                        "io.apiguard.cedar",
                        "io.apiguard.cedar.ast",
                        "io.apiguard.cedar.entity",
                        "io.apiguard.cedar.format",
                        "io.apiguard.cedar.json",
                        "io.apiguard.cedar.parser",
                        "io.apiguard.cedar.partial",
                        "io.apiguard.cedar.schema",
                        "io.apiguard.cedar.validation",
                        "io.apiguard.cedar.value",
                        "io.apiguard.event",
                        "io.apiguard.field",
                        "io.apiguard.http",
                        "io.apiguard.identity",
                        "io.apiguard.ratelimit",
                        "io.apiguard.redaction",
                        "io.apiguard.secret",
                        "io.apiguard.store",
                        "io.apiguard.validation");
    }

    @Test
    void exports_internalPackages_onlyToTheHouse() {
        assertThat(descriptor.exports().stream().filter(ModuleDescriptor.Exports::isQualified))
                .allSatisfy(
                        export -> assertThat(export.targets()).allMatch(target -> target.startsWith("io.apiguard.")));
        assertThat(exported(false)).noneMatch(name -> name.contains("internal") || name.contains("jose"));
    }

    @Test
    void requires_nothingOfAFramework() {
        assertThat(descriptor.requires().stream().map(ModuleDescriptor.Requires::name))
                .noneMatch(name -> name.startsWith("jakarta.") || name.startsWith("spring."));
    }

    private Set<String> exported(boolean qualified) {
        return descriptor.exports().stream()
                .filter(export -> export.isQualified() == qualified)
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    private static ModuleDescriptor descriptor() {
        try {
            Path classes = Path.of(Guard.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ModuleFinder.of(classes)
                    .find("io.apiguard.core")
                    .orElseThrow()
                    .descriptor();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
