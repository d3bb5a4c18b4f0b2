package io.apiguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house: which package may use which. */
@AnalyzeClasses(packages = "io.apiguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] GROUND = {
        "io.apiguard.http..",
        "io.apiguard.identity..",
        "io.apiguard.event..",
        "io.apiguard.field..",
        "io.apiguard.secret..",
        "io.apiguard.store..",
    };

    private static final String[] PRIMITIVES = {
        "io.apiguard.authn..",
        "io.apiguard.authz..",
        "io.apiguard.ratelimit..",
        "io.apiguard.validation..",
        "io.apiguard.redaction..",
        "io.apiguard.audit..",
    };

    @ArchTest
    static final ArchRule groundFloor_standsOnNothingOfTheHouse = noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PRIMITIVES)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.apiguard")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.apiguard.annotation..");

    @ArchTest
    static final ArchRule primitives_doNotUseTheTopFloor = noClasses()
            .that()
            .resideInAnyPackage(PRIMITIVES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.apiguard");

    @ArchTest
    static final ArchRule primitives_doNotUseOneAnother =
            slices().assignedFrom(new PrimitiveSlices()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule cedar_usesNothingElseOfTheHouse = noClasses()
            .that()
            .resideInAPackage("io.apiguard.cedar..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.apiguard..").and(resideOutsideOfPackage("io.apiguard.cedar..")));

    @ArchTest
    static final ArchRule core_knowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..", "org.springframework..", "tools.jackson.databind..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule core_takesTimeFromItsConstructors = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule core_keepsIdentityOutOfThreads =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    @ArchTest
    static final ArchRule concreteClasses_areFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
