using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using Sigma.Templates;
using Template = Scriban.Template;

namespace Sigma.Tests.Backends;

/// <summary>Scriban's functions that are called without reflection do what Scriban's own way of calling them does.</summary>
public sealed class BuiltinFunctionTests
{
    [Theory]
    [InlineData("string.contains 'abc' 'b'")]
    [InlineData("string.contains null 'b'")]
    [InlineData("string.ends_with 'abc' 'bc'")]
    [InlineData("string.pad_left 'abc' 5")]
    [InlineData("string.pad_left 'abc' '5'")]
    [InlineData("string.remove 'abcabc' 'b'")]
    [InlineData("string.replace 'abc' 'b' 'x'")]
    [InlineData("string.replace null 'b' 'x'")]
    [InlineData("string.replace 12 1 3")]
    [InlineData("string.slice 'hello' 1")]
    [InlineData("string.slice 'hello' 1 2")]
    [InlineData("string.slice 'hello' -2")]
    [InlineData("string.slice 'hello' null")]
    [InlineData("string.split 'a,b,,c' ','")]
    [InlineData("string.starts_with 'abc' 'a'")]
    [InlineData("string.strip '  a b '")]
    [InlineData("string.strip null")]
    [InlineData("array.add [1] 2")]
    [InlineData("array.add null 2")]
    [InlineData("array.concat [1] ['x']")]
    [InlineData("array.each ['a', 'b'] @string.upcase")]
    [InlineData("array.join [1, 'a', null] ', '")]
    [InlineData("array.join null ', '")]
    [InlineData("array.join ['a', 'b'] '-' @string.upcase")]
    [InlineData("array.size [1, 2]")]
    [InlineData("array.size null")]
    [InlineData("regex.match 'a12' '[a-z](\\\\d)'")]
    [InlineData("regex.match 'A1' '[a-z]' 'i'")]
    [InlineData("regex.replace 'a1b2' '[0-9]' '.'")]
    [InlineData("regex.replace 'AbA' 'a' '.' 'i'")]
    [InlineData("string.replace 'abc'")]
    [InlineData("string.slice 'abc' 'x'")]
    [InlineData("array.join [1]")]
    [InlineData("string.upcase 'abc'")]
    [InlineData("string.nothing 'abc'")]
    public void A_call_gives_the_same(string call)
    {
        string template = "{{ " + call + " }}";

        Render(template, TemplateBuiltins.Create()).Should().Be(Render(template, new Scriban.Functions.BuiltinFunctions()));
    }

    private static string Render(string text, ScriptObject builtins)
    {
        try
        {
            return Template.Parse(text).Render(new TemplateContext(builtins) { StrictVariables = false, NewLine = "\n" });
        }
        catch (ScriptRuntimeException)
        {
            return "(an error)";
        }
    }
}
