package io.apiguard.spring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/** Leaves multipart bodies unparsed until a handler asks for a part: the dispatcher servlet would parse them before gate 2. */
final class LazyMultipart implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof StandardServletMultipartResolver resolver) {
            resolver.setResolveLazily(true);
        }
        return bean;
    }
}
