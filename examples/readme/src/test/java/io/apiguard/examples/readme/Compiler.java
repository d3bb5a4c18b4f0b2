package io.apiguard.examples.readme;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles snippets as a reader would: each in a file of its own, with the imports that an editor adds. */
final class Compiler {

    static final String PACKAGE = "readme";

    private static final String IMPORTS = """
            import io.apiguard.annotation.*;
            import io.apiguard.field.Mask;
            import io.apiguard.identity.Identity;
            import java.io.IOException;
            """;
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record)\\s+(\\w+)");

    private final List<JavaFileObject> sources = new ArrayList<>();

    /** Adds a snippet, with what its framework's editor plug-in would import. */
    Compiler add(String snippet, String... imports) {
        Matcher type = TYPE.matcher(snippet);
        if (!type.find()) {
            throw new IllegalArgumentException("no type in: " + snippet);
        }
        StringBuilder source = new StringBuilder("package " + PACKAGE + ";\n" + IMPORTS);
        for (String name : imports) {
            source.append("import ").append(name).append(";\n");
        }
        sources.add(new Source(type.group(1), source + snippet));
        return this;
    }

    /** Compiles into a directory; any error or warning of the compiler is in the exception. */
    ClassLoader compile(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-parameters", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", directory.toString());
        if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
            throw new IllegalStateException("a snippet of README.md does not compile:\n" + messages);
        }
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, Compiler.class.getClassLoader());
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String type, String text) {
            super(URI.create("string:///" + PACKAGE + "/" + type + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
