package com.acme;

class Words {
    static String join(String greeting, String name) {
        return greeting.strip() + ", " + name;
    }
}
