package sandbox

import (
	"crmferry/internal/sandbox/api"
	"crmferry/internal/sandbox/clientcommander"
	"crmferry/internal/sandbox/cloverhound"
	"crmferry/internal/sandbox/growcrm"
	"crmferry/internal/sandbox/rogerroger"
)

// simulated is a vendor that the sandbox can simulate, under a path of its name.
type simulated struct {
	name    string
	make    func(api.Settings) *api.Vendor
	rules   func() []api.Rule
	choices func() []string
}

// vendors lists the vendors: the one place that names them all.
func vendors() []simulated {
	return []simulated{
		{clientcommander.Name, clientcommander.New, clientcommander.Rules, clientcommander.Choices},
		{growcrm.Name, growcrm.New, growcrm.Rules, growcrm.Choices},
		{rogerroger.Name, rogerroger.New, rogerroger.Rules, rogerroger.Choices},
		{cloverhound.Name, cloverhound.New, cloverhound.Rules, cloverhound.Choices},
	}
}

func vendorNames() []string {
	var names []string
	for _, v := range vendors() {
		names = append(names, v.name)
	}
	return names
}
