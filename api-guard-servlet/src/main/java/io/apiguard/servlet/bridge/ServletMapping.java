package io.apiguard.servlet.bridge;

/**
 * A servlet mapping and the path templates it takes (Servlet 6.0 section 12).
 *
 * @param pattern the mapping as registered
 */
record ServletMapping(String pattern) {

    /** {@return the mapping as a template, for people and for routes to name} */
    String template() {
        if (isDefault() || pattern.equals("/*")) {
            return "/**";
        }
        if (isPrefix()) {
            return pattern + "*";
        }
        return pattern.isEmpty() ? "/" : pattern.startsWith("*.") ? "/" + pattern : pattern;
    }

    private boolean isDefault() {
        return pattern.equals("/");
    }

    private boolean isPrefix() {
        return pattern.startsWith("/") && pattern.endsWith("/*");
    }

    private String prefix() {
        return pattern.substring(0, pattern.length() - 2);
    }

    /** Whether a template takes all that the mapping takes. */
    boolean isCoveredBy(String target) {
        String template = template();
        if (!target.endsWith("/**")) {
            return target.equals(template);
        }
        String parent = target.substring(0, target.length() - 3);
        return target.equals(template) || template.equals(parent) || template.startsWith(parent + "/");
    }

    /** Whether the container may choose the mapping for the paths of a template. */
    boolean takes(String target) {
        if (isDefault()) {
            return true;
        }
        if (isPrefix()) {
            return target.equals(prefix()) || target.startsWith(prefix() + "/");
        }
        return pattern.startsWith("*.") ? target.endsWith(pattern.substring(1)) : target.equals(template());
    }

    /** The container's order: exact, the longest prefix, extension, default. */
    boolean isNearerThan(ServletMapping other) {
        int order = other.rank() - rank();
        return order > 0 || (order == 0 && isPrefix() && pattern.length() > other.pattern.length());
    }

    private int rank() {
        if (isDefault()) {
            return 3;
        }
        return isPrefix() ? 1 : pattern.startsWith("*.") ? 2 : 0;
    }
}
