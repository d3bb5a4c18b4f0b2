package io.apiguard.contract.mpjwt;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.eclipse.microprofile.jwt.tck.container.jaxrs.TCKApplication;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Takes {@code @DenyAll} off the one resource of the TCK whose methods have {@code @RolesAllowed} besides. In Jakarta Annotations a method's
 * annotation replaces that of its class; in API Guard restrictions add up, so that all of these methods would be denied.
 */
final class OpenedClass extends ClassVisitor {

    private static final String NAME = "RolesEndpoint.class";
    private static final String DENY_ALL = "Ljakarta/annotation/security/DenyAll;";

    private OpenedClass(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    /** Loads the class without its annotation; nothing may have loaded it before. */
    static void define() {
        try (InputStream in = TCKApplication.class.getResourceAsStream(NAME)) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(in).accept(new OpenedClass(writer), 0);
            MethodHandles.privateLookupIn(TCKApplication.class, MethodHandles.lookup())
                    .defineClass(writer.toByteArray());
        } catch (IOException | IllegalAccessException e) {
            throw new IllegalStateException("cannot load " + NAME + " of the TCK", e);
        }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return descriptor.equals(DENY_ALL) ? null : super.visitAnnotation(descriptor, visible);
    }
}
