package io.minimalcluster.master.job.argument;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArgumentLimits.class)
class ArgumentConfiguration {}
