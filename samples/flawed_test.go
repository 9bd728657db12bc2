package samples_test

func flawed() []file { return nil }
