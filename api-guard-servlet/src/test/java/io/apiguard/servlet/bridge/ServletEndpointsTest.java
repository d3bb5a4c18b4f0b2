package io.apiguard.servlet.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.apiguard.Endpoint;
import io.apiguard.Endpoint.Kind;
import io.apiguard.GuardSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServletEndpointsTest {

    private static Endpoint endpoint(String className) {
        ServletRegistration registration = mock(ServletRegistration.class);
        when(registration.getClassName()).thenReturn(className);
        when(registration.getMappings()).thenReturn(List.of("/z/*"));
        ServletContext context = mock(ServletContext.class);
        doReturn(Map.of("z", registration)).when(context).getServletRegistrations();
        GuardSettings settings = GuardSettings.of(Map.of("transport.allowed-hosts", "127.0.0.1"));
        return ServletEndpoints.of(context, settings, name -> false).endpoints().get(0);
    }

    @Test
    void of_defaultServlet_isStaticForGet() {
        for (String name : new String[] {
            "org.apache.catalina.servlets.DefaultServlet",
            "org.eclipse.jetty.ee10.servlet.DefaultServlet",
            "org.eclipse.jetty.ee10.servlet.ServletHandler$Default404Servlet",
            "io.undertow.servlet.handlers.DefaultServlet"
        }) {
            assertThat(endpoint(name).kind()).as(name).isEqualTo(Kind.STATIC);
            assertThat(endpoint(name).methods()).as(name).containsExactly("GET");
        }
        assertThat(endpoint("org.apache.jasper.servlet.JspServlet").methods()).containsExactly("GET", "POST");
    }

    @Test
    void of_otherServletOfContainer_needsPolicyAsAnyOther() {
        for (String name : new String[] {
            "org.apache.catalina.servlets.WebdavServlet",
            "org.apache.catalina.servlets.CGIServlet",
            "org.apache.catalina.manager.ManagerServlet",
            "com.example.DefaultServlet"
        }) {
            assertThat(endpoint(name).kind()).as(name).isEqualTo(Kind.APPLICATION);
        }
    }
}
