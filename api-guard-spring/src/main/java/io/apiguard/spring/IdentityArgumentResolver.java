package io.apiguard.spring;

import io.apiguard.identity.Identity;
import io.apiguard.servlet.bridge.GuardedExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Hands the verified caller to handler parameters of type {@link Identity} or {@code Optional<Identity>}; a caller without a credential,
 * whom only public endpoints let in, is {@code null} or empty.
 */
final class IdentityArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Identity.class || isOptional(parameter);
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class
                && ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve() == Identity.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servletRequest =
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class), "a servlet request");
        Optional<Identity> identity = GuardedExchange.of(servletRequest)
                .flatMap(exchange -> exchange.received().identity());
        return isOptional(parameter) ? identity : identity.orElse(null);
    }

    /**
     * Puts the resolver before Spring's own, which would take an identity for any {@code Principal} and ask a request that Spring Security
     * may have wrapped.
     */
    static final class First implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof RequestMappingHandlerAdapter adapter && adapter.getArgumentResolvers() != null) {
                List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>(adapter.getArgumentResolvers());
                resolvers.add(0, new IdentityArgumentResolver());
                adapter.setArgumentResolvers(resolvers);
            }
            return bean;
        }
    }
}
