package headers

import "golang.org/x/text/language/display"

// chinese knows the headers of contacts, in simplified and in traditional signs.
func chinese() *language {
	return &language{
		name:     "Chinese",
		regions:  []string{"CN", "TW"},
		required: []string{"(必填)", "（必填）"},
		words: []words{
			{LastName, usual, []string{"姓氏"}},
			{FullName, usual, []string{"姓名", "全名", "联系人", "联系人姓名", "聯絡人", "聯絡人姓名", "客户姓名"}},
			{Nombre, usual, []string{"名字"}},
			{Email, usual, []string{"邮箱", "邮箱地址", "电子邮箱", "电子邮件", "邮件", "邮件地址", "电邮", "電子郵件", "電子信箱", "電郵", "信箱"}},
			{Phone, usual, []string{"电话", "电话号码", "联系电话", "電話號碼", "聯絡電話"}},
			{Phone, mobile, []string{"手机", "手机号", "手机号码", "移动电话", "手機", "手機號碼", "行動電話"}},
			{Company, usual, []string{"公司", "公司名称", "公司名稱", "单位", "单位名称", "企业", "企业名称", "工作单位"}},
			{Job, usual, []string{"职位", "职务", "職位", "職稱"}},
			{Note, usual, []string{"备注", "備註"}},
			{Street, usual, []string{"地址"}},
			{City, usual, []string{"城市"}},
			{State, usual, []string{"省份", "省"}},
			{Zip, usual, []string{"邮编", "邮政编码", "郵遞區號"}},
			{Country, usual, []string{"国家", "國家"}},
			{Tags, usual, []string{"标签", "標籤"}},
			{Source, usual, []string{"来源", "來源"}},
			{Website, usual, []string{"网站", "网址", "網站", "網址"}},
		},
		signs:       []string{"姓名", "联系人", "聯絡人", "邮箱", "电子邮件", "電子郵件", "电话", "手机", "手機", "公司", "地址", "备注", "備註"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"退订", "退訂", "同意"}}, {WhyOwner, []string{"负责人", "負責人"}}},
		refusals:    []string{"退订", "退訂"},
		hidden:      []string{"私密", "保密"},
		refused:     []string{"退订", "退訂"},
		ands:        []string{"和"},
		your:        []string{"您的", "你的"},
		countries:   display.Chinese.Regions,
		months:      [12]string{"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"},
		yes:         []string{"是"},
		no:          []string{"否"},
		nothing:     []string{"none"},
		salutations: []string{"先生", "女士", "小姐"},
	}
}
