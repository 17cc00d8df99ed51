package io.minimalcluster.master.environment;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EnvironmentLimits.class)
class EnvironmentConfiguration {}
