package org.meridian.testkit.simulation.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/** Loads the engine and its simulation again, with one class of the engine deliberately broken. */
final class MutantLoader extends ClassLoader {
    private static final String ENGINE = "org.meridian.core.";
    private static final String SIMULATION = "org.meridian.testkit.simulation.";

    private final Mutant mutant;

    MutantLoader(Mutant mutant) {
        super(MutantLoader.class.getClassLoader());
        this.mutant = mutant;
    }

    /** A hunt for violations in the broken engine. */
    @SuppressWarnings("unchecked")
    LongFunction<String> hunt(Class<? extends LongFunction<String>> hunt) throws ReflectiveOperationException {
        return (LongFunction<String>) loadClass(hunt.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ENGINE) && !name.startsWith(SIMULATION)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = mutant.breaks(name) ? rebuilt(name) : original(name);
        return defineClass(name, code, 0, code.length);
    }

    private byte[] rebuilt(String name) throws ClassNotFoundException {
        Mutant.Broken broken = mutant.broken(name);
        ClassFile classes = ClassFile.of();
        AtomicInteger changed = new AtomicInteger();
        byte[] code = classes.transformClass(classes.parse(original(name)), (type, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString(broken.method())) {
                changed.incrementAndGet();
                TypeKind answer = TypeKind.from(method.methodTypeSymbol().returnType());
                type.transformMethod(method, broken.how().transform(answer));
            } else {
                type.with(element);
            }
        });
        if (changed.get() == 0) {
            throw new IllegalStateException(name + " has no method " + broken.method() + " any more");
        }
        return code;
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return code.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
