package io.apiguard.servlet;

import io.apiguard.servlet.bridge.FrameworkHost;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The host of a context without a framework: it serves nothing, all servlets are plain. */
record ServletHost(Optional<Armed> armed) implements FrameworkHost {

    @Override
    public String name() {
        return "servlet";
    }

    @Override
    public boolean serves(String servletName, HttpServletRequest request) {
        return false;
    }
}
