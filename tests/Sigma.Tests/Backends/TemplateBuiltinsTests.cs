using Scriban;
using Scriban.Functions;
using Sigma.Templates;

namespace Sigma.Tests.Backends;

/// <summary>The functions of templates are Scriban's own, though each family is made only when it is called.</summary>
public class TemplateBuiltinsTests
{
    [Fact]
    public void No_family_of_functions_is_missing() =>
        TemplateBuiltins.Names.Should().BeEquivalentTo(new BuiltinFunctions().Keys);

    [Theory]
    [InlineData("{{ 'a,b' | string.split ',' | array.size }}", "2")]
    [InlineData("{{ 'abc' | regex.match 'b' | array.first }}", "b")]
    [InlineData("{{ 3 | math.plus 4 }}", "7")]
    [InlineData("{{ '<a>' | html.escape }}", "&lt;a&gt;")]
    public void They_work(string template, string expected) =>
        Scriban.Template.Parse(template).Render(new TemplateContext(TemplateBuiltins.Create())).Should().Be(expected);

    /// <summary>Scriban's own needs reflection, and fails in the native program.</summary>
    [Theory]
    [InlineData("{{ [1, 'a\"<\u00e9', true, null, {b: [1.5]}] | object.to_json }}", @"[1, ""a\""<\u00e9"", true, null, {""b"": [1.5]}]")]
    [InlineData("{{ '{\"a\": [1, \"x\"]}' | object.from_json | object.to_json }}", @"{""a"": [1, ""x""]}")]
    [InlineData("{{ object.to_json null }}{{ object.has_key {a: 1} 'a' }}", "nulltrue")]
    public void Json_is_written_without_reflection(string template, string expected) => They_work(template, expected);

    [Fact]
    public void A_template_cannot_take_their_names_for_its_own()
    {
        var context = new TemplateContext(TemplateBuiltins.Create());

        Action assign = () => Scriban.Template.Parse("{{ string = 1 }}").Render(context);

        assign.Should().Throw<Scriban.Syntax.ScriptRuntimeException>();
    }
}
